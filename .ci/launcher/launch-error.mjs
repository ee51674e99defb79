/** What the person at the keyboard can mend: shown as it is, in Chinese, without a stack trace. */
export class Complaint extends Error {}
