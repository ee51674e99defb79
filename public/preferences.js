// 首次绘制前套用读者记住的阅读设置；选项见 src/layout/preferences/options.ts
try {
  var p = JSON.parse(localStorage.getItem('reading') || '{}');
  for (var k in p) if (/^(mode|size|scheme|contrast)$/.test(k)) document.documentElement.dataset[k] = p[k];
} catch (e) {}
