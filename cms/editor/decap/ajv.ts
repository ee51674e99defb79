/**
 * Replaces Ajv, which compiles schemas with `new Function` and so would need `unsafe-eval`, and its plugins.
 * The configuration is checked with the real ones in `config.test.ts`.
 */

/** Called as `new Ajv()`, and as a plugin with an Ajv. */
export default function pretendValid() {
  return { errors: [], validate: () => true };
}

export {
  pretendValid as instanceof,
  pretendValid as prohibited,
  pretendValid as select,
  pretendValid as uniqueItemProperties,
};
