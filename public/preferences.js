// 首次绘制前套用读者记住的阅读设置；选项见 src/shell/preferences/options.ts
try {
  const p = JSON.parse(localStorage.getItem('reading') || '{}');
  for (const k in p) if (/^(mode|size|scheme|contrast)$/.test(k)) document.documentElement.dataset[k] = p[k];
} catch {
  // 隐私模式读不到存储，用默认样式
}
