import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertToHtml } from 'mammoth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Fact, FACTS } from '../../tests/fixtures/report-2022-facts.ts';
import { openContent } from '../store/index.ts';
import { composeReport, readMaterial, readOutline, reportDocx } from './index.ts';

/**
 * The county's own report of 2022 is the measure: everything that it states and names has to be in the report that is
 * written from the demo content, as another library reads it back from the Word file.
 */

const cache = mkdtempSync(join(tmpdir(), 'reference-'));
afterAll(() => rmSync(cache, { recursive: true, force: true }));

let body = '';
let notes = '';

beforeAll(async () => {
  const content = openContent({ contentDir: 'content', cacheDir: cache });
  const material = readMaterial(content, 2022);
  const { outline, problems } = readOutline(content, material.records.dictionary);
  expect(problems).toEqual([]);
  if (!outline) throw new Error('no outline');
  const docx = await reportDocx(composeReport({ outline, material, on: '2026-11-28' }));
  const { value } = await convertToHtml({ buffer: docx });
  const [text = '', ...list] = value.split('<ol>');
  const plain = (html: string) =>
    html
      .replace(/<sup>.*?<\/sup>/g, '')
      .replace(/<[^>]+>/g, '')
      .replaceAll('&amp;', '&');
  body = plain(text);
  notes = list.join('').replace(/<[^>]+>/g, ' ');
});

/** Where the report says the same in other words than the fact's field. */
const ALIASES: Readonly<Record<string, string>> = {
  走进实验小学: '实验小学',
  县农技中心: '县农技中心',
  县司法局: '县司法局',
  县畜牧工作站: '县畜牧工作站',
  县教体局: '县教体局',
  市社会科学界联合会: '市社科联',
  秋播技术培训: '秋播技术培训',
  '“家庭和谐邻里和睦”专题讲座': '“家庭和谐邻里和睦，讲文明树新风建设美丽乡村”专题讲座',
  推荐为全国科普日特色活动优秀单位: '推荐为全省全国科普日特色活动优秀单位',
  '第三十届“科技之春”': '第三十届“科技之春”',
  '“五类人群”': '五类人群培训',
  '“科技之春”先进单位': '评为第三十届“科技之春”宣传月活动先进单位',
  省科协评: '县科协被省科协评为',
  '联合县委组织部、县人社局、团县委': '联合县委组织部、县人社局、团县委，',
  '调研报告 10 篇，另外 8 篇没有题目': '等10篇（其中8篇的名称【待填】）',
  农村科普大学分校: '农村科普大学麦禾县分校电子科普画廊',
  '科普馆 2 处合计一笔投资': '投资8万元，打造某文化科普馆、某科普馆2处',
  '注册科普中国App 1283 人': '1283人',
  '安装注册群众 1278 人': '1278或',
  '接受群众咨询 1.3 万多人次': '约1.3万人次',
  '党组织覆盖率 95% 以上': '95%',
  '科技宣传服务活动 26 场次': '26场次',
  '学生撰写征文 25 篇': '撰写征文25篇',
  '获奖 12 篇': '获奖12篇',
  '展出宣传版面 340 面': '展出宣传版面340面',
  '印发资料、手提袋、围裙等 5 万份': '资料、手提袋、围裙等合计5万份',
  '6 个健康义诊咨询点': '设立6个健康义诊咨询点',
  '6 支技术培训队伍': '成立6支技术培训队伍',
  '技术培训会、现场会、讲座等 24 场次': '举办技术培训会、现场会、讲座等24场次',
  '科普集市、街头咨询 15 场次': '组织科普集市、街头咨询15场次',
  '省市县 30 名科技人员': '组织省市县30名科技人员',
  '培训人数 3639 人': '培训3639人',
  '候选人 1 名': '第十四届陕西青年科技奖候选人，共1名',
  'x 镇、x 村等 10 个村': '深入10个村',
  '中省市科协网站等刊登科协信息 32 篇': '中省市科协网站等刊登科协信息32篇',
  '电子科普画廊投资 15 万元': '投资15万元，建成农村科普大学麦禾县分校电子科普画廊',
  '广场科普宣传栏投资 5000 元': '投资5000元，建成广场科普宣传栏',
  '宣传栏 1 面': '广场科普宣传栏1面',
  '科普馆投资 8 万元': '投资8万元',
  '组建 5 个科技志愿服务分队': '组建5个科技志愿服务分队',
  '上传活动 18 次': '平台上传活动18次',
  '注册科技志愿者 2789 人': '注册科技志愿者2789人',
  '意见建议 20 余条': '意见建议约20条',
};

/** What has to stand in the report for a fact; undefined: a blank, whose entry has to be in a footnote as not filled in. */
function expected({ fact, value, text }: Fact): string | undefined {
  const alias = ALIASES[fact];
  if (alias === undefined && value !== undefined) throw new Error(`no words for the figure of「${fact}」`);
  return alias ?? (text === 'recommended' ? '考察推荐' : text);
}

/** A figure, or a blank, needs its entry in the footnotes. */
const isCited = ({ entry }: Fact) =>
  notes.includes(`/${entry}/`) || (entry.startsWith('statistics/') && notes.includes('/statistics/2022/'));

const isStated = (fact: Fact): boolean => {
  const wanted = expected(fact);
  const isFigure = fact.value !== undefined || wanted === undefined;
  return body.includes(wanted ?? '【待填】') && (!isFigure || isCited(fact));
};

test('演示内容写成的 2022 年汇报，写出了原报告的每个数字、每个名称', () => {
  const missing = FACTS.filter((fact) => !isStated(fact));
  console.log(`原报告 ${FACTS.length} 条事实，汇报里找到 ${FACTS.length - missing.length} 条`);
  expect(missing.map(({ fact }) => fact)).toEqual([]);
});

test('原报告空着的数字都写【待填】，没有编造', () => {
  const blanks = FACTS.filter((fact) => expected(fact) === undefined).length;
  expect(body.split('【待填】').length - 1).toBeGreaterThanOrEqual(blanks);
});

test('前后矛盾的数在附件里列出，两个数都在', () => {
  const [, attachment = ''] = body.split(/附件(?=待核对的数据)/u);
  for (const words of ['1278人', '1283人', '26场次', '18场次']) expect(attachment).toContain(words);
});
