/** Homes, projects and logs on filesystems in memory. */
import { execFileSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { appCaches, noAppCaches } from '../../fixtures/rules/app-cache.ts';
import { noProjects, projects } from '../../fixtures/rules/build-trees.ts';
import { busyNames, crowdedNames } from '../../fixtures/rules/huge-directory.ts';
import { quietTree, recentGrowthTree, spreadTree } from '../../fixtures/rules/recent-growth.ts';
import { noRunawayLogTree, runawayLogTree } from '../../fixtures/rules/runaway-log.ts';
import { memoryFiles, noMemoryFiles } from '../../fixtures/rules/tmpfs-is-memory.ts';
import { noTrash, trashes } from '../../fixtures/rules/trash.ts';
import { nowSeconds } from '../support/judged.ts';
import { startHolder, startProgram, writeProgram } from '../support/holder.ts';
import { MIB } from '../support/rule-disk.ts';
import { ALONE, inMemory, merged } from './world.ts';
import type { World } from './world.ts';

/** By another program: there are many. */
function fill(path: string, names: readonly string[]): void {
  mkdirSync(path);
  execFileSync('xargs', ['touch'], { cwd: path, input: names.join('\n') });
}

export const memoryWorlds: readonly World[] = [
  inMemory('app-cache', appCaches, {
    run: { under: ALONE },
    isHome: true,
    arrange: (home) =>
      writeFileSync(`${home}/projects/thumbs/CACHEDIR.TAG`, 'Signature: 8a477f597d28d172789f06886806bc55'),
  }),
  inMemory('build-trees', projects),
  inMemory('trash', trashes, { isHome: true }),
  inMemory('home-near-misses', merged(noAppCaches, noProjects, noTrash, noRunawayLogTree), {
    isHome: true,
    options: ['--top', '0'],
  }),
  inMemory('recent-growth', () => recentGrowthTree(nowSeconds())),
  inMemory('recent-growth-quiet', () => quietTree(nowSeconds())),
  inMemory('recent-growth-spread', spreadTree),
  inMemory('runaway-log', () => runawayLogTree(nowSeconds()), {
    arrange: async (path, made) => {
      const logs = ['worker.log', 'access.log'].map((name) => `${path}/log/${name}`);
      made.use(await startHolder('exec 5>>"$1" 6<"$2"', logs));
    },
  }),
  inMemory('tmpfs-is-memory', memoryFiles, {
    arrange: async (path, made) => {
      const program = `${path}/shared/program`;
      writeProgram(program, MIB);
      made.use(await startProgram(program));
    },
  }),
  inMemory('tmpfs-is-memory-near-misses', noMemoryFiles),
  inMemory(
    'huge-directory',
    {},
    {
      arrange: (path) => {
        fill(`${path}/crowded`, crowdedNames());
        fill(`${path}/busy`, busyNames());
      },
    },
  ),
];
