/** Every document that is generated, by its path in the checkout. */
import { readFileSync } from 'node:fs';
import { bashCompletion } from '../../src/cli/completion/bash.ts';
import { fishCompletion } from '../../src/cli/completion/fish.ts';
import { zshCompletion } from '../../src/cli/completion/zsh.ts';
import { commandNames } from '../../src/cli/options/command-table.ts';
import { readVersion } from '../../src/cli/invocation/version.ts';
import { manPage, pageName } from './man-page.ts';
import { withSections } from './readme-sections.ts';
import { schemas } from './schemas.ts';

export const checkout = new URL('../../', import.meta.url);

/** What each should contain. */
export function documents(): ReadonlyMap<string, string> {
  return new Map([
    ['README.md', withSections(readFileSync(new URL('README.md', checkout), 'utf8'))],
    ['docs/completions/diskwhy.bash', bashCompletion()],
    ['docs/completions/_diskwhy', zshCompletion()],
    ['docs/completions/diskwhy.fish', fishCompletion()],
    ...[...schemas()].map(
      ([name, schema]) => [`docs/schema/${name}`, `${JSON.stringify(schema, null, 2)}\n`] as const,
    ),
    ...commandNames.map((name) => [`docs/man/${pageName(name)}.1`, manPage(name, readVersion())] as const),
  ]);
}
