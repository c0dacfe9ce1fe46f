/** Applications people use. */
import type { ApplicationStore } from '../../../model/store-name.ts';
import type { StoreWords } from './store-words.ts';

export const applications: Readonly<Record<ApplicationStore, StoreWords>> = {
  nextcloud: {
    name: 'Nextcloud or ownCloud data',
    gives:
      'clear the trash bins and old versions with occ, as the user of the web server; trashbin_retention_obligation and versions_retention_obligation keep fewer',
    never: 'never delete files here by hand: the database still lists them',
  },
  mastodon: {
    name: 'Mastodon media',
    gives: 'remove cached media of other servers with tootctl: it is fetched again when somebody looks at it',
    never: 'never delete media_attachments by hand: local uploads lie there too',
  },
  peertube: {
    name: 'PeerTube videos',
    gives:
      'delete videos, or their resolutions, in PeerTube and transcode fewer; with PeerTube stopped prune-storage removes what no video names any more',
    never: 'never single files by hand: the database lists them',
  },
  synapse: {
    name: 'Synapse media store',
    gives: 'purge cached remote media through the admin API, and set media_retention',
    never: 'never delete local_content: it is what your users sent',
  },
  immich: {
    name: 'Immich photos and videos',
    gives:
      'empty the trash in Immich; thumbnails and transcodes are made again by its jobs; lower the number of database backups',
    never: 'never delete below upload/ or library/: these are the originals',
  },
  jellyfin: {
    name: 'Jellyfin, Emby or Plex data',
    gives:
      'run the scheduled tasks "Clean Transcode Directory" and "Clean Cache Directory", turn off preview thumbnails (trickplay)',
    never: 'never delete the database by hand',
  },
  seafile: {
    name: 'Seafile blocks',
    gives:
      'limit history of libraries and empty trash in Seafile, then run its garbage collection with the server stopped',
    never: 'never delete blocks by hand: files share them',
  },
  moodle: {
    name: 'Moodle data',
    gives: 'delete old course backups in Moodle, purge caches, let the cleanup task empty trashdir',
    never: 'never delete below filedir/: courses share the files',
  },
  odoo: {
    name: 'Odoo filestore',
    gives:
      'delete attachments in Odoo (its autovacuum then removes the files), drop databases nobody needs in the database manager',
    never: 'never delete below filestore/ by hand: the database lists the files',
  },
  'home-assistant': {
    name: 'Home Assistant data',
    gives:
      'delete old backups, set recorder purge_keep_days and run the action recorder.purge with repack: true',
    never: 'never delete home-assistant_v2.db while it runs: it is the history',
  },
  'syncthing-versions': {
    name: 'old versions kept by Syncthing',
    gives:
      'set or shorten versioning of the folder in Syncthing; what lies in .stversions are copies of files that were changed or deleted elsewhere',
    never: 'they may be the last copy of what somebody deleted by mistake',
  },
  'audit-log': {
    name: 'audit log',
    gives:
      'set num_logs, max_log_file and max_log_file_action = ROTATE in /etc/audit/auditd.conf, then reload auditd; find the rule that logs most',
    never: 'it is evidence: ask who must keep it before any goes',
  },
  bigbluebutton: {
    name: 'BigBlueButton recordings',
    gives:
      'delete recordings with its command; raw data that was published goes by its daily job when that is turned on',
    never: 'never delete raw data by hand before it was processed',
  },
  icinga2: {
    name: 'Icinga 2 state and replay log',
    gives:
      'the replay log waits for an endpoint that is away: bring it back, or set its log_duration (0 for clients that need none)',
    never: 'never delete icinga2.state or the current replay log while it runs',
  },
};
