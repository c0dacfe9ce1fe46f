/** What rules say, by rule: adding a rule is its file and a line here. */
import type { DeletedOpenFacts } from './deleted-open.ts';
import type { PackageCacheFacts } from './package-cache.ts';
import type { ReservedBlocksFacts } from './reserved-blocks.ts';
import type { TrashFacts } from './trash.ts';

export type RuleFacts = DeletedOpenFacts | PackageCacheFacts | ReservedBlocksFacts | TrashFacts;
