/** What may be uploaded, by extension. */
export const PICTURE_EXTENSIONS = ['jpg', 'jpeg', 'png', 'webp', 'avif', 'gif', 'svg'] as const;
/** Other names that pictures come with: browsers save `.jfif`, Apple's phones make `.heic`; what is inside decides. */
export const PICTURE_NAMES = ['jfif', 'jpe', 'pjpeg', 'heic', 'heif', 'apng'] as const;
export const ATTACHMENT_EXTENSIONS = ['pdf', 'docx', 'xlsx', 'zip', 'mp4', 'mp3'] as const;
export const MAP_EXTENSIONS = ['geojson'] as const;
