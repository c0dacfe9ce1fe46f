/** Stores of search engines: indices that only the engine may remove. */
import type { SearchStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const searchEngines: readonly (StoreEntry & { readonly store: SearchStore })[] = [
  {
    store: 'elasticsearch',
    marks: [
      'node.lock indices',
      'node.lock _state',
      'nodes/[0-9]*/node.lock',
      'nodes/[0-9]*/indices',
      'node.lock',
      'nodes/[0-9]*/_state',
      'indices/*/_state',
    ],
    places: ['elasticsearch-data'],
    levers: [
      { command: 'curl -X DELETE http://localhost:9200/INDEX' },
      { command: "curl 'http://localhost:9200/_cat/indices?v&s=store.size:desc'", does: 'shows' },
    ],
    configuration: [
      {
        files: ['/etc/elasticsearch/elasticsearch.yml', '/etc/opensearch/opensearch.yml'],
        pattern: /^\s*path\.data\s*:\s*["']?([^\s"']+)/mu,
      },
      { pattern: /\0-Epath\.data=([^\0]+)/u },
    ],
    source: 'elastic.co: A Dive into the Elasticsearch Storage; cat indices; Delete index; path.data',
  },
  {
    store: 'elasticsearch-snapshots',
    marks: ['index.latest index-[0-9]*', 'index-[0-9]* snap-*.dat meta-*.dat'],
    parts: [['index', 'indices/*']],
    levers: [
      { command: "curl 'http://localhost:9200/_cat/snapshots?v'", does: 'shows' },
      {
        command: 'curl -X DELETE http://localhost:9200/_snapshot/REPOSITORY/SNAPSHOT',
        loses: 'old-generations',
      },
    ],
    source: 'elastic.co: Delete snapshot, shared file system repository',
  },
  {
    store: 'solr',
    marks: [
      'solr.xml */core.properties',
      'core.properties data/index',
      'core.properties data/tlog',
      'index/segments_* tlog',
    ],
    parts: [
      ['index', '*/data'],
      ['index', 'data/index*'],
      ['wal', 'data/tlog'],
    ],
    levers: [
      {
        command: "curl 'http://localhost:8983/solr/CORE/update?commit=true&expungeDeletes=true'",
        loses: 'nothing',
        needsRoom: true,
      },
      {
        command: "curl 'http://localhost:8983/solr/admin/cores?action=STATUS'",
        does: 'shows',
      },
    ],
    source: 'solr.apache.org/guide: commit (expungeDeletes), CoreAdmin STATUS, core.properties',
  },
  {
    store: 'meilisearch',
    marks: ['instance-uid indexes tasks', 'VERSION indexes tasks auth'],
    programs: ['meilisearch'],
    parts: [
      ['index', 'indexes/*'],
      ['database', 'tasks'],
      ['upload', 'update_files'],
    ],
    levers: [
      {
        command: "curl -X POST 'http://localhost:7700/indexes/INDEX/compact' -H 'Authorization: Bearer KEY'",
        loses: 'nothing',
        needsRoom: true,
      },
      { command: "curl 'http://localhost:7700/stats' -H 'Authorization: Bearer KEY'", does: 'shows' },
    ],
    source: 'meilisearch.com/docs: Compact an index, Stats',
  },
  {
    store: 'qdrant',
    marks: ['raft_state.json collections', 'collections/*/config.json aliases'],
    programs: ['qdrant'],
    parts: [['collection', 'collections/*']],
    levers: [
      { command: 'curl -X DELETE http://localhost:6333/collections/COLLECTION' },
      { command: 'curl http://localhost:6333/collections', does: 'shows' },
    ],
    source: 'qdrant.tech/documentation: Storage, Collections',
  },
  {
    store: 'splunk',
    marks: [
      '_internaldb/db',
      'defaultdb/db fishbucket',
      'fishbucket/splunk_private_db',
      'db/db_[0-9]*_[0-9]*_[0-9]*',
    ],
    programs: ['splunkd'],
    parts: [
      ['index', 'db'],
      ['index', '*/db'],
      ['index', '*/colddb'],
      ['index', '*/thaweddb'],
      ['index', '*'],
    ],
    levers: [{ command: 'splunk list index', does: 'shows' }],
    source: 'docs.splunk.com: Set a retirement and archiving policy; Remove indexes and indexed data',
  },
];
