/** The sentence that stands in a body where a pasted picture could not be taken over. */
export const missingPicture = (description: string): string =>
  `（这里原有一张图片${description && `「${description}」`}，请重新上传）`;

/** Finds these sentences. */
export const MISSING_PICTURE = /（这里原有一张图片(?:「[^\n]*?」)?，请重新上传）/g;
