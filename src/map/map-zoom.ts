/** Farther than this a press is a drag, not a click on a township. */
const DRAG_PX = 6;

/**
 * `<map-zoom>` keeps the middle in the middle when the map is enlarged, lets a mouse drag it (fingers scroll it anyhow),
 * and points out the township whose entry in the page's list (`data-on-map`) has the focus or the pointer.
 */
class MapZoom extends HTMLElement {
  connectedCallback(): void {
    const frame = this.querySelector<HTMLElement>('.frame');
    const map = frame?.querySelector('svg');
    if (!frame || !map) return;
    let middle = { x: 0.5, y: 0.5 };
    const look = () => {
      middle = {
        x: (frame.scrollLeft + frame.clientWidth / 2) / frame.scrollWidth,
        y: (frame.scrollTop + frame.clientHeight / 2) / frame.scrollHeight,
      };
      setFlag(frame, 'data-movable', frame.scrollWidth > frame.clientWidth);
    };
    frame.addEventListener('scroll', look, { passive: true });
    this.addEventListener('change', () => {
      const { x, y } = middle;
      frame.scrollLeft = x * frame.scrollWidth - frame.clientWidth / 2;
      frame.scrollTop = y * frame.scrollHeight - frame.clientHeight / 2;
      look();
    });
    this.drag(frame);
    this.point(frame, map);
  }

  private drag(frame: HTMLElement): void {
    let from: { x: number; y: number } | undefined;
    let moved = 0;
    frame.addEventListener('pointerdown', (event) => {
      if (event.pointerType === 'mouse' && event.button === 0) from = { x: event.clientX, y: event.clientY };
      moved = 0;
    });
    window.addEventListener('pointermove', (event) => {
      if (!from) return;
      moved += Math.abs(event.clientX - from.x) + Math.abs(event.clientY - from.y);
      frame.scrollLeft -= event.clientX - from.x;
      frame.scrollTop -= event.clientY - from.y;
      from = { x: event.clientX, y: event.clientY };
    });
    window.addEventListener('pointerup', () => {
      from = undefined;
    });
    frame.addEventListener('dragstart', (event) => event.preventDefault());
    frame.addEventListener(
      'click',
      (event) => {
        if (moved > DRAG_PX) event.preventDefault();
      },
      true,
    );
  }

  private point(frame: HTMLElement, map: SVGSVGElement): void {
    const show = ({ target }: Event) => {
      const entry = target instanceof Element ? target.closest<HTMLElement>('[data-on-map]') : null;
      const id = entry?.dataset.onMap;
      for (const area of Array.from(map.querySelectorAll('[data-township]'))) {
        const here = area.getAttribute('data-township') === id;
        setFlag(area, 'data-here', here);
        if (!here || !frame.hasAttribute('data-movable')) continue;
        const own = area.getBoundingClientRect();
        const around = frame.getBoundingClientRect();
        frame.scrollLeft += own.left + own.width / 2 - around.left - around.width / 2;
        frame.scrollTop += own.top + own.height / 2 - around.top - around.height / 2;
      }
    };
    document.addEventListener('focusin', show);
    document.addEventListener('pointerover', show);
  }
}
/** `toggleAttribute`, which old phones lack. */
function setFlag(element: Element, name: string, isSet: boolean): void {
  if (isSet) element.setAttribute(name, '');
  else element.removeAttribute(name);
}

customElements.define('map-zoom', MapZoom);
