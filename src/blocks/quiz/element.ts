/**
 * `<quiz-card>`: turns the options into buttons that say at once whether the choice is right. Without it the options
 * are a list and the answer waits in `<details>`.
 */
class QuizCard extends HTMLElement {
  connectedCallback() {
    const options = [...this.querySelectorAll<HTMLElement>('.block-quiz-options > li')];
    const details = this.querySelector('details');
    if (options.length === 0 || !details || this.querySelector('[role=status]')) return;
    const status = document.createElement('p');
    status.setAttribute('role', 'status');
    details.before(status);
    const buttons = options.map((option) => {
      const button = document.createElement('button');
      button.type = 'button';
      button.setAttribute('aria-pressed', 'false');
      button.append(...option.childNodes);
      option.append(button);
      return button;
    });
    for (const [index, button] of buttons.entries())
      button.addEventListener('click', () => {
        for (const other of buttons) other.setAttribute('aria-pressed', String(other === button));
        const right = options[index]?.hasAttribute('data-right') ?? false;
        status.textContent = right ? '答对了。' : '不对，再想想；也可以看答案。';
        if (right) details.open = true;
      });
  }
}
customElements.define('quiz-card', QuizCard);

export {};
