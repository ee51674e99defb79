import { z } from 'zod';
import { itemId } from '../model/common.ts';
import { line, list, optional, references } from '../model/fields.ts';
import { defineList } from '../model/type.ts';

/** What stands for a few characters in a saying: 「狗…咬」 is also 「狗把娃咬了」. */
export const GAP = '…';

/** 大家的说法：土话、问法和急事的喊法，搜索时领到文章或换成书面的词。 */
export const sayings = defineList({
  name: 'sayings',
  label: '搜索说法',
  singular: '说法',
  description:
    '土话、问法和急事的喊法，如「娃噎着了」：搜到它们时先看哪几篇，或者换成哪个词去搜。同一样东西的几个名称写进「搜索同义词」。',
  summary: '{{fields.words}}',
  item: z
    .strictObject({
      id: itemId(),
      words: list(line({ label: '说法', max: 20 }), {
        label: '大家怎么说',
        hint: '打的字里有它就算；「…」代表中间的几个字，如「狗…咬」。不用写「怎么办」「咋」。',
        itemLabel: '说法',
      }),
      articles: references({
        label: '先看这几篇',
        hint: '搜到时排在最前面；写了「现在就做」的急救文章先于别的。',
        to: 'articles',
      }),
      means: optional(
        line({
          label: '换成这个词去搜',
          hint: '书面的说法，如「娃」换成「孩子」；不能又是另一条的说法。',
          max: 20,
        }),
      ),
    })
    .superRefine(({ words, articles, means }, context) => {
      if (words.length === 0)
        context.addIssue({ code: 'custom', path: ['words'], message: '「大家怎么说」至少写一个' });
      if (articles.length === 0 && !means)
        context.addIssue({
          code: 'custom',
          path: ['articles'],
          message: '「先看这几篇」和「换成这个词去搜」至少填一项',
        });
    }),
});
