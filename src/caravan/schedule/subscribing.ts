/** How calendars are subscribed to in the apps that visitors use; wording that survives changes of menus. */
export const HOW_TO_SUBSCRIBE = [
  {
    app: '微信里打开的',
    steps: '微信里点“订阅日历”没有反应是正常的：点右上角“…”，选“在浏览器打开”，再点“订阅日历”。',
  },
  {
    app: '苹果手机、平板',
    steps: '点“订阅日历”，弹出来再点“订阅”，就好了。以后改期、取消自己更新。',
  },
  {
    app: '小米手机',
    steps: '打开自带的“日历”，在设置里找“日程导入”，选“URL 导入”，粘贴日历地址。',
  },
  {
    app: '华为、荣耀和其他安卓手机',
    steps:
      '自带日历大多不能按网址订阅：点“下载日历文件”，用“日历”打开，站次就存进去了。这样存的不会自己更新，出发前请回网页看一眼；要自动更新，用下面的 Outlook、钉钉或 WPS 日历。',
  },
  {
    app: 'Outlook',
    steps:
      '网页版 Outlook 的日历里选“添加日历”，再选“从 Internet 订阅”，粘贴日历地址。手机上的 Outlook 会一起出现。',
  },
  {
    app: '钉钉、WPS 日历',
    steps: '在日历的设置里找“订阅日历”或“通过 URL 添加”，粘贴日历地址。找不到这一项的，是所在单位没有开通。',
  },
] as const;
