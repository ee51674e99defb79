import { currentContent } from '../../../src/store/index.ts';

/** Encodes the uploads of `CONTENT_DIR` as a build does. */
const problems = await currentContent().pictures.encode({ isThorough: true });
if (problems.length > 0) throw new Error(problems.map(({ message }) => message).join('\n'));
