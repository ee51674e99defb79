import { expect, test } from 'vitest';
import { findAnchor, placeComments, sentencesOf } from './anchors.ts';

/** A comment finds its sentence again after others have worked on the text. */

const PARAGRAPH = '小麦在秋天播种。播种以前要把地整平。';
const anchor = (quote: string, paragraph = PARAGRAPH) => ({ field: 'body', paragraph, quote });
const body = (...texts: string[]) => texts.map((text) => ({ field: 'body', text }));

test('前面插了几段，意见还在那一段', () => {
  const places = body('新的一段。', '又一段新的话。', PARAGRAPH);
  expect(findAnchor(anchor('播种以前要把地整平。'), places)).toEqual({ index: 2, isChanged: false });
});

test('那一段别的句子改了，意见跟着没有改的那一句', () => {
  const places = body('小麦在秋天播种。', '小麦和大麦都在秋分以后下种。播种以前要把地整平。');
  expect(findAnchor(anchor('播种以前要把地整平。'), places)).toMatchObject({ index: 1, isChanged: false });
});

test('那一句改了，意见留在原来那一段，并说改过', () => {
  const places = body('别的话。', '小麦在秋天播种。播种以前先把地整得又平又细。');
  expect(findAnchor(anchor('播种以前要把地整平。'), places)).toEqual({ index: 1, isChanged: true });
});

test('那一段删了，意见列在最后；同样的话在别的项目里也不算', () => {
  const places = [...body('讲的是另一件事，和原来没有关系。'), { field: 'summary', text: PARAGRAPH }];
  const comment = {
    ...{ id: '1', at: '2026-11-23T01:00:00Z', login: 'li', name: '李', text: '不对', replies: [] },
    anchor: anchor(''),
  };
  expect(placeComments([comment], places)).toEqual({ at: new Map(), orphans: [comment] });
});

test('一段话分成一句一句来选，只有一句的不用选', () => {
  expect(sentencesOf(PARAGRAPH)).toEqual(['小麦在秋天播种。', '播种以前要把地整平。']);
  expect(sentencesOf('只有一句。')).toEqual([]);
});
