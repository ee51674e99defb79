// Lists with tick-boxes (batch/ticked-list.ts): ranges with Shift, 「全选」, and how many are ticked. Works without it as well.
for (const form of document.querySelectorAll('form[data-ticks]')) {
  const all = form.elements.namedItem('all');
  const boxes = [...form.querySelectorAll('input[name="item"]')];
  const count = form.querySelector('[data-count]');
  let last = -1;
  const show = () => {
    const ticked = boxes.filter((box) => box.checked).length;
    all.checked = ticked === boxes.length;
    all.indeterminate = ticked > 0 && ticked < boxes.length;
    count.textContent = ticked > 0 ? `已选 ${ticked} 条` : '';
  };
  all.addEventListener('change', () => {
    for (const box of boxes) box.checked = all.checked;
    show();
  });
  for (const [at, box] of boxes.entries())
    box.addEventListener('click', ({ shiftKey }) => {
      if (shiftKey && last >= 0)
        for (const other of boxes.slice(Math.min(at, last), Math.max(at, last) + 1))
          other.checked = box.checked;
      last = at;
      show();
    });
  form.addEventListener('submit', (event) => {
    if (boxes.some((box) => box.checked)) return;
    event.preventDefault();
    count.textContent = '一条也没有选，请先勾选';
    boxes[0]?.focus();
  });
  show();
}
