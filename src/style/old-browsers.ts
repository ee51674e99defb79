/**
 * Browsers from before 2022 (Chrome below 99, Safari below 15.4: old phones, some browsers inside other apps) drop
 * everything in a cascade layer. So the built style sheets have the layers taken off. That changes nothing as long as
 * no rule leans on its layer to win over a more specific one.
 */

/** What Vite's minifier may write: no range media queries, no nesting. */
export const CSS_TARGET = ['chrome88', 'safari14.1', 'firefox78'];

/** Syntax that scripts may be written in: a script that an old browser inside WeChat cannot read does nothing at all. */
export const SCRIPT_TARGET = ['chrome67', 'safari12', 'firefox67'];

/** The part of PostCSS's tree that is used here. */
interface Rule {
  nodes?: unknown[] | undefined;
  replaceWith(nodes: unknown): void;
  remove(): void;
}
interface Root {
  walkAtRules(name: string, each: (rule: Rule) => undefined | false): undefined | false;
}

/** PostCSS plugin: takes the first layer off until there is none, because layers stand inside layers. */
export const withoutLayers = {
  postcssPlugin: 'without-layers',
  OnceExit(root: Root) {
    const takeOff = (rule: Rule): false => {
      if (rule.nodes) rule.replaceWith(rule.nodes);
      else rule.remove();
      return false;
    };
    while (root.walkAtRules('layer', takeOff) === false);
  },
};
