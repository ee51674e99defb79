import { missingPicture } from '../../../../src/model/missing-picture.ts';
import { siteRoot } from '../../client/address.ts';

/** Replaces each picture that is not an upload of this site by a sentence; returns their addresses. */
export function replacePictures(body: HTMLElement): string[] {
  const refused: string[] = [];
  for (const image of body.querySelectorAll('img,v\\:imagedata')) {
    const address = image.getAttribute('src') ?? '';
    const uploaded = uploadedPath(address);
    if (uploaded) {
      image.setAttribute('src', uploaded);
      continue;
    }
    refused.push(address);
    image.replaceWith(missingPicture((image.getAttribute('alt') ?? '').replace(/\s+/g, ' ').trim()));
  }
  return refused;
}

/** `/uploads/…` of a picture of this site, also when it was copied from a page of the site. */
function uploadedPath(address: string): string | undefined {
  const own = location.origin + siteRoot;
  const path = address.startsWith(own) ? `/${address.slice(own.length)}` : address;
  return /^\/uploads\/[A-Za-z0-9][A-Za-z0-9._/-]*$/.test(path) ? path : undefined;
}
