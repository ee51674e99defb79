import type { TestProject } from 'vitest/node';
import { buildAndServe } from './build.ts';

/** Builds and serves the demo site once for all tests of the `site` project. */
export default async function setup(project: TestProject) {
  const { url, outDir, close } = await buildAndServe();
  project.provide('site', { url, outDir });
  return close;
}
