/** `<copy-link>`: adds copying to a read-only address field. Without a clipboard the field can still be selected. */
class CopyLink extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector('input');
    const button = this.querySelector('button');
    const status = this.querySelector('[role=status]');
    if (!input || !button || !status) return;
    input.addEventListener('focus', () => input.select());
    if (!navigator.clipboard) return;
    button.hidden = false;
    button.addEventListener('click', async () => {
      try {
        await navigator.clipboard.writeText(input.value);
        status.textContent = '已复制';
      } catch {
        input.select();
        status.textContent = '请长按网址复制';
      }
    });
  }
}
customElements.define('copy-link', CopyLink);
