import zhHans from 'virtual:decap-zh-hans';
import { additions, mergePhrases } from './locale.ts';

/** Decap lays the chosen language over `en`; with Chinese as both, no English can come through. */
export const zh_Hans = mergePhrases(zhHans, additions);
export { zh_Hans as en };
