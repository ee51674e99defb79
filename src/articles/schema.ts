import { absolute } from '../ui/address.ts';
import { author, organisation, publishedTime, publisher, type Schema } from '../ui/schema.ts';
import { AUDIENCES } from '../model/common.ts';
import { type Article, changedOn } from './queries.ts';
import { VERDICTS, articles } from '../types/articles.ts';

/** schema.org descriptions of an article: Article, with ClaimReview or HowTo where it is one. */

interface About {
  article: Article;
  reviewer?: { id: string; data: { title: string; kind: string } } | undefined;
  /** Texts of the steps of an experiment. */
  steps: readonly string[];
  topic?: string | undefined;
  image: string;
}

/** 1 false … 5 true; 尚无定论 has no place on the scale. */
const RATINGS: Partial<Record<keyof typeof VERDICTS, number>> = {
  false: 1,
  misleading: 2,
  partly: 3,
  true: 5,
};

export function articleSchema({ article, reviewer, steps, topic, image }: About): Schema[] {
  const { data } = article;
  const url = absolute(articles.address(article.id));
  const page: Schema = {
    '@type': 'WebPage',
    '@id': url,
    lastReviewed: data.reviewed,
    reviewedBy: reviewer && {
      '@type': reviewer.data.kind === 'group' ? 'Organization' : 'Person',
      name: reviewer.data.title,
      url: absolute(`/experts/${reviewer.id}/`),
    },
  };
  const node: Schema = {
    '@type': 'Article',
    '@id': `${url}#article`,
    headline: data.title,
    description: data.summary,
    url,
    mainEntityOfPage: page,
    image: absolute(image),
    inLanguage: 'zh-CN',
    author: author(data.author),
    publisher: publisher(),
    datePublished: publishedTime(data.published),
    dateModified: publishedTime(changedOn(data)),
    articleSection: topic,
    audience: data.audience.map((audience) => ({ '@type': 'Audience', audienceType: AUDIENCES[audience] })),
    citation: data.sources.map(({ title, publisher: from, year, url: link }) => ({
      '@type': 'CreativeWork',
      name: title,
      publisher: from && organisation(from),
      datePublished: year && String(year),
      url: link,
    })),
    correction: data.corrections.map(({ date, what }) => ({
      '@type': 'CorrectionComment',
      text: what,
      datePublished: publishedTime(date),
    })),
  };
  return [node, ...claimReview(article, url), ...howTo(article, steps), ...urgentHowTo(article)];
}

function claimReview({ data }: Article, url: string): Schema[] {
  if (data.kind !== 'rumour' || !data.claim || !data.verdict) return [];
  const rating = RATINGS[data.verdict];
  return [
    {
      '@type': 'ClaimReview',
      url,
      claimReviewed: data.claim,
      reviewBody: data.evidence,
      author: publisher(),
      datePublished: publishedTime(data.published),
      itemReviewed: { '@type': 'Claim', name: data.claim },
      reviewRating: {
        '@type': 'Rating',
        alternateName: VERDICTS[data.verdict],
        ...(rating && { ratingValue: rating, bestRating: 5, worstRating: 1 }),
      },
    },
  ];
}

function howTo({ data }: Article, steps: readonly string[]): Schema[] {
  if (data.kind !== 'experiment') return [];
  return [
    {
      '@type': 'HowTo',
      name: data.title,
      description: data.summary,
      totalTime: data.minutes && `PT${data.minutes}M`,
      estimatedCost:
        data.cost === undefined
          ? undefined
          : { '@type': 'MonetaryAmount', currency: 'CNY', value: data.cost },
      supply: data.materials.map((name) => ({ '@type': 'HowToSupply', name })),
      step: steps.map((text, index) => ({ '@type': 'HowToStep', position: index + 1, text })),
    },
  ];
}

/** What to do now is a HowTo of its own, without the supplies and minutes of an experiment. */
function urgentHowTo({ data: { now } }: Article): Schema[] {
  if (!now) return [];
  const step = now.steps.map((text, index) => ({ '@type': 'HowToStep', position: index + 1, text }));
  return [{ '@type': 'HowTo', name: `${now.when}，现在就做`, step }];
}
