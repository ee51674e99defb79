import { isScheduled, nameIn, type PlanningRule } from './stop.ts';

/** What the vehicle and the exhibit set need, and the school is known not to have. What is not known gives no warning. */
export const warnOfSite: PlanningRule = (stop, _others, { schools, vehicles, exhibitSets }) => {
  const site = schools.find(({ id }) => id === stop.data.school)?.site;
  if (!site || !isScheduled(stop)) return [];
  const needs = [
    vehicles.find(({ id }) => id === stop.data.vehicle)?.needs,
    exhibitSets.find(({ id }) => id === stop.data.exhibitSet)?.needs,
  ];
  const most = (figure: 'area' | 'power') => Math.max(0, ...needs.map((need) => need?.[figure] ?? 0));
  const lacks = [
    site.access === 'closed' && '大篷车开不进去',
    site.area !== undefined &&
      site.area < most('area') &&
      `空地 ${site.area} 平方米，要 ${most('area')} 平方米`,
    site.power !== undefined &&
      site.power < most('power') &&
      `电源 ${site.power} 千瓦，要 ${most('power')} 千瓦`,
  ].filter((lack) => lack !== false);
  if (lacks.length === 0) return [];
  const school = nameIn(schools, stop.data.school ?? '');
  return [{ field: 'school', message: `${school}：${lacks.join('；')}。请换套组、换场地，或先和学校商量` }];
};
