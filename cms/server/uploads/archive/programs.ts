import { latin1 } from '../refusal.ts';

/** Files that Windows, Android or macOS run when they are opened. */
const PROGRAM =
  /\.(?:exe|com|scr|pif|bat|cmd|msi|msp|ps1|psm1|vbs?|vbe|jse?|wsf|wsh|hta|cpl|dll|sys|ocx|drv|jar|class|lnk|url|reg|inf|chm|application|gadget|apk|ipa|app|dmg|pkg|iso|img|vhdx?|sh|bash|command|py|pl|php|jsp|aspx?|docm|dotm|xlsm|xltm|xlam|pptm|potm|ppam|xll|scf|library-ms|settingcontent-ms)$/i;
const PROGRAM_BEGINNING = /^(?:MZ|\x7fELF|#!|\xca\xfe\xba\xbe|\xfe\xed\xfa[\xce\xcf]|[\xce\xcf]\xfa\xed\xfe)/;

/** Whether a file runs when it is opened, by its name or its first bytes. */
export const isProgram = (name: string, content: Uint8Array): boolean =>
  PROGRAM.test(name) || PROGRAM_BEGINNING.test(latin1(content.subarray(0, 4)));
