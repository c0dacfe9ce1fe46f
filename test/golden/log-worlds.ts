/** Every log of fixtures/logs, judged in one run. */
import { globSync } from 'node:fs';
import path from 'node:path';
import { logValues } from './log-values.ts';
import { told } from './world.ts';
import type { World } from './world.ts';

const folder = path.resolve(import.meta.dirname, '../../fixtures/logs');

export const logWorlds: readonly World[] = [
  {
    name: 'logs',
    skip: false,
    values: async () => {
      const names = globSync('*.log.gz', { cwd: folder }).toSorted();
      return logValues(await told(['log', ...names], { cwd: folder }), folder);
    },
  },
];
