/** Databases for analysis and time, on one host or many: their files are listed in catalogues of their own. */
import type { AnalyticStore } from '../../model/store-name.ts';
import type { StoreEntry } from './store-entry.ts';

export const analytics: readonly (StoreEntry & { readonly store: AnalyticStore })[] = [
  {
    store: 'hana',
    marks: ['mnt[0-9]*/hdb[0-9]*'],
    programs: ['hdbindexserver', 'hdbnameserver'],
    parts: [['volume', 'mnt*/hdb*']],
    levers: [
      { command: 'hdbnsutil -sr_state', does: 'shows' },
      { command: "hdbsql -U KEY 'ALTER SYSTEM RECLAIM LOG'", loses: 'nothing' },
    ],
    source: 'help.sap.com: SAP HANA Administration Guide, Persistent Data Storage; ALTER SYSTEM RECLAIM LOG',
  },
  {
    store: 'doris',
    marks: ['cluster_id data meta'],
    parts: [
      ['trash', 'trash/*'],
      ['snapshot', 'snapshot/*'],
      ['table', 'data/*'],
    ],
    levers: [
      { command: "mysql -h FRONTEND -P 9030 -e 'SHOW TRASH'", does: 'shows' },
      { command: "mysql -h FRONTEND -P 9030 -e 'ADMIN CLEAN TRASH'", loses: 'thrown-away' },
    ],
    source: 'doris.apache.org: Disk Capacity Management, ADMIN CLEAN TRASH',
  },
  {
    store: 'questdb',
    marks: ['_tab_index.d', 'tables.d.[0-9]*'],
    parts: [['table', '*']],
    levers: [],
    source: 'questdb.com/docs: Root directory structure, ALTER TABLE DROP PARTITION',
  },
  {
    store: 'yugabytedb',
    marks: ['yb-data/tserver', 'yb-data/master'],
    programs: ['yb-tserver', 'yb-master'],
    parts: [
      ['wal', 'yb-data/*/wals'],
      ['database', 'yb-data/*/data'],
      ['log', 'yb-data/*/logs'],
    ],
    levers: [{ command: 'yb-admin -master_addresses HOSTS list_snapshots', does: 'shows' }],
    source: 'docs.yugabyte.com: yb-tserver (fs_data_dirs), yb-admin list_snapshots',
  },
];
