/** Search engines. */
import type { SearchStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const search: Readonly<Record<SearchStore, StoreWords>> = {
  elasticsearch: {
    name: 'Elasticsearch or OpenSearch indices',
    gives:
      'see the largest indices (_cat/indices), delete old ones through the API and set a lifecycle policy; at 95 % full it makes indices read-only until there is room again',
    never: 'never delete files or directories below indices/ or nodes/: the shards are lost',
  },
  'elasticsearch-snapshots': {
    name: 'Elasticsearch snapshot repository',
    gives: 'delete old snapshots through the API: they share files, and only it knows which are still needed',
    never: 'never delete files here by hand: every snapshot may need them',
  },
  solr: {
    name: 'Solr indices',
    gives:
      'delete documents or whole cores through Solr; deleted ones come back at a merge or with expungeDeletes; old index.* directories stay after a failed replication',
    never: 'never delete segment files by hand',
  },
  meilisearch: {
    name: 'Meilisearch indices',
    gives:
      'delete indices or documents through the API, then compact the index: its file does not shrink by itself',
    never: 'never delete data.mdb files by hand',
  },
  qdrant: {
    name: 'Qdrant collections',
    gives:
      'delete collections, points or snapshots through the API; the optimizer then gives their space back',
    never: 'never delete segment directories by hand',
  },
  splunk: {
    name: 'Splunk indexes',
    gives:
      'lower frozenTimePeriodInSecs or maxTotalDataSizeMB of the largest index: older buckets are frozen then',
    never:
      'never delete buckets (db_*) by hand while it runs; `splunk clean` throws all events of an index away',
  },
};
