/** All stores, the more telling marks first: one family per file, one row per store. */
import { analytics } from './analytics.ts';
import { applications } from './applications.ts';
import { backups } from './backups.ts';
import { builds } from './builds.ts';
import { caches } from './caches.ts';
import { collections } from './collections.ts';
import { containers } from './containers.ts';
import { distributed } from './distributed.ts';
import { embedded } from './embedded.ts';
import { keyValue } from './key-value.ts';
import { machines } from './machines.ts';
import { mail } from './mail.ts';
import { packages } from './packages.ts';
import { pipelines } from './pipelines.ts';
import { queues } from './queues.ts';
import { relational } from './relational.ts';
import { repositories } from './repositories.ts';
import { searchEngines } from './search-engines.ts';
import type { StoreEntry } from './store-entry.ts';
import { timeSeries } from './time-series.ts';

/** Of several that fit a directory the first is meant: what has names of its own before what others are made of. */
export const stores: readonly StoreEntry[] = [
  ...relational,
  ...analytics,
  ...queues,
  ...searchEngines,
  ...timeSeries,
  ...builds,
  ...pipelines,
  ...applications,
  ...containers,
  ...distributed,
  ...backups,
  ...mail,
  ...caches,
  ...collections,
  ...packages,
  ...repositories,
  ...machines,
  ...keyValue,
  ...embedded,
];
