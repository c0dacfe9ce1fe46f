/** What is said of every store. */
import type { StoreName } from '../../../model/store-name.ts';
import { analytics } from './analytics.ts';
import { applications } from './applications.ts';
import { backups } from './backups.ts';
import { builds } from './builds.ts';
import { caches } from './caches.ts';
import { collections } from './collections.ts';
import { containers } from './containers.ts';
import { distributed } from './distributed.ts';
import { keyValue } from './key-value.ts';
import { machines } from './machines.ts';
import { mail } from './mail.ts';
import { packages } from './packages.ts';
import { pipelines } from './pipelines.ts';
import { queues } from './queues.ts';
import { relational } from './relational.ts';
import { repositories } from './repositories.ts';
import { search } from './search.ts';
import type { StoreWords } from './store-words.ts';
import { timeSeries } from './time-series.ts';

export const storeWords: Readonly<Record<StoreName, StoreWords>> = {
  ...relational,
  ...analytics,
  ...keyValue,
  ...search,
  ...timeSeries,
  ...queues,
  ...distributed,
  ...containers,
  ...machines,
  ...builds,
  ...pipelines,
  ...repositories,
  ...backups,
  ...mail,
  ...applications,
  ...packages,
  ...caches,
  ...collections,
};
