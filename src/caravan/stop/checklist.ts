/** What a school gets ready before the caravan comes. */

export interface ChecklistGroup {
  name: string;
  items: string[];
}

interface Needs {
  /** Needs as the editor wrote them, parted by ；or line ends. */
  siteNeeds?: string | undefined;
  rainRule?: string | undefined;
  open: 'closed' | 'open';
}

/** The checklist of a stop: its own needs, then what every visit asks for. */
export function checklistOf({ siteNeeds, rainRule, open }: Needs): ChecklistGroup[] {
  const site = (siteNeeds ?? '')
    .split(/[；;\n]/)
    .map((need) => need.trim().replace(/。$/, ''))
    .filter(Boolean);
  const groups = [
    { name: '场地和电源', items: site },
    {
      name: '人',
      items: [
        '定一位老师全程对接，告诉县科协',
        '排好各班进场时间，两个班之间留出换场的空',
        '每班有一位老师带队，随班进出',
        ...(open === 'open' ? ['定好居民从哪个门进，由谁引导'] : []),
      ],
    },
    {
      name: '天气',
      items: [
        rainRule ? `雨天安排：${rainRule}` : '和县科协商定雨雪天改到哪里、什么时候决定',
        '前一天下午再看一次天气预报',
      ],
    },
    {
      name: '学生',
      items: [
        '提前发家长通知（本页有现成的）',
        '要拍照的班级先取得监护人同意；没有同意的学生不入镜',
        '有特殊需要的学生提前说明，留出安静的时段',
      ],
    },
  ];
  return groups.filter(({ items }) => items.length > 0);
}
