import { resolve } from 'node:path';

/**
 * `DATA_DIR`, default `.portal`: everything that the publishing server keeps beside the program. `content.git` is the
 * content with its history, `portal.db` the accounts and the audit log, `releases` the built sites, `server.json` the
 * settings of this server; `content` can be made again from `content.git`.
 */
export const dataDir = resolve(process.env.DATA_DIR || '.portal');
