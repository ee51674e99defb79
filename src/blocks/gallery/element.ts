/** `<photo-gallery>`: shows a picture large in a `<dialog>`, with the arrow keys to the next. Without it they are just figures. */
class PhotoGallery extends HTMLElement {
  #at = 0;

  connectedCallback() {
    const figures = [...this.querySelectorAll<HTMLElement>('figure')];
    const images = figures.map((figure) => figure.querySelector('img')).filter((image) => image !== null);
    if (images.length === 0 || this.querySelector('dialog')) return;
    const dialog = document.createElement('dialog');
    const stage = document.createElement('div');
    const caption = document.createElement('p');
    caption.setAttribute('aria-live', 'polite');
    const bar = document.createElement('div');
    bar.className = 'bar';
    dialog.setAttribute('aria-label', this.getAttribute('aria-label') ?? '图集');

    const show = (index: number) => {
      this.#at = (index + images.length) % images.length;
      const image = images[this.#at] as HTMLImageElement;
      const large = image.cloneNode() as HTMLImageElement;
      // The page shows a narrow variant; the original is what one wants to see large.
      large.loading = 'eager';
      stage.textContent = '';
      stage.append(large);
      const words = image.closest('figure')?.querySelector('figcaption')?.textContent ?? image.alt;
      caption.textContent = images.length > 1 ? `${this.#at + 1}/${images.length}　${words}` : words;
    };
    const add = (label: string, act: () => void) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.className = 'plain';
      button.textContent = label;
      button.addEventListener('click', act);
      bar.append(button);
    };
    if (images.length > 1) {
      add('上一张', () => show(this.#at - 1));
      add('下一张', () => show(this.#at + 1));
    }
    add('关闭', () => dialog.close());
    dialog.append(stage, caption, bar);
    dialog.addEventListener('keydown', ({ key }) => {
      if (key === 'ArrowLeft') show(this.#at - 1);
      if (key === 'ArrowRight') show(this.#at + 1);
    });
    dialog.addEventListener('click', ({ target }) => {
      if (target === dialog) dialog.close();
    });
    for (const [index, image] of images.entries()) {
      const shown = image.closest('picture') ?? image;
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-haspopup', 'dialog');
      button.setAttribute('aria-label', `放大：${image.alt}`);
      shown.replaceWith(button);
      button.append(shown);
      button.addEventListener('click', () => {
        show(index);
        dialog.showModal();
      });
    }
    this.append(dialog);
  }
}
customElements.define('photo-gallery', PhotoGallery);

export {};
