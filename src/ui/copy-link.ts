/** `<copy-link>`: adds copying to a read-only field that holds an address or a text. Without a clipboard the field can still be selected. */
class CopyLink extends HTMLElement {
  connectedCallback() {
    const input = this.querySelector<HTMLInputElement | HTMLTextAreaElement>('input, textarea');
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
        status.textContent = '请长按选中的文字复制';
      }
    });
  }
}
customElements.define('copy-link', CopyLink);
