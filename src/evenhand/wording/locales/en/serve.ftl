make-roles-done = Done. These settings are shown once; keep them where the server reads its environment:

serve-database-came-back = The database ended unexpectedly and was started again.
serve-ended-early = { $name } ended (exit code { $code }) and is started again.
serve-runs = Evenhand runs at { $url } (stop it with Ctrl-C).
serve-starting = Starting Evenhand on the data in { $folder } …
serve-stopped = Stopped.
serve-stopping = Stopping: requests under way are finished first …

server-bind-impossible = Nothing can be served at { $value }: { $detail }; choose another address with EVENHAND_BIND
server-bind-unreadable = EVENHAND_BIND is { $value }, which is no address; write it as 127.0.0.1:8000
server-database-ended = The database ended while it was starting; why stands at the end of { $log }
server-folder-closed = The database runs as the user nobody, who cannot enter { $folder }. Either start Evenhand as an ordinary user, or choose another folder with EVENHAND_DATA (such as /var/lib/evenhand), or let others pass: chmod o+x { $folder }
server-folder-of-another = The database in { $folder } belongs to another user; start Evenhand as that user, or choose another folder with EVENHAND_DATA
server-folder-taken = Evenhand is already running on the data in { $folder }; stop it first, or choose another folder with EVENHAND_DATA
server-no-binaries = The programs of PostgreSQL are not installed; run bin/setup, or name a server of your own with DATABASE_URL
server-no-cluster = The database could not be created; why stands at the end of { $log }
server-no-nobody = PostgreSQL does not run as root, and this system has no user nobody; start Evenhand as an ordinary user
server-port-taken = Another program already uses { $value }; stop it, or choose another port with EVENHAND_BIND, such as EVENHAND_BIND=127.0.0.1:8001
server-role-is-superuser = DATABASE_URL connects as { $role }, a superuser of PostgreSQL: whoever got into the application could switch off every guard of the data. Make the roles that Evenhand needs with “evenhand make-roles ADMIN_URL” (the address of PostgreSQL’s administrator) and start with the settings that it prints
server-role-owns-tables = DATABASE_URL connects as { $role }, which owns the tables or may become their owner: whoever got into the application could switch off every guard of the data. Make separate roles with “evenhand make-roles ADMIN_URL” (the address of PostgreSQL’s administrator) and start with the settings that it prints; data that are there stay
server-roles-impossible = The roles could not be made: { $detail }. The address must be of a role that may create roles and owns the database; nothing was changed
server-secret-file-not-one-line = { $file }, which { $name }_FILE names, must hold the secret on one line and nothing else
server-secret-file-unreadable = { $file }, which { $name }_FILE names, cannot be read ({ $detail }); mend the path, or let the server's user read it
server-secret-given-twice = { $name } and { $name }_FILE are both set; keep one of them
server-setting-not-a-number = { $name } is { $value }, which is no whole number above 0
server-step-failed = The step “{ $step }” failed; why stands above. Nothing is running
server-url-unencrypted = EVENHAND_URL is { $value }: passwords would cross the network unencrypted. Three remedies: put a proxy with https in front and write the https address; or serve your own certificate with EVENHAND_TLS_CERT and EVENHAND_TLS_KEY; or keep http on this machine only and reach it through a tunnel (ssh -L 8000:127.0.0.1:8000 server)
server-url-unreadable = EVENHAND_URL is { $value }, which is no address; write it as https://leads.example.com
serve-workers-run = The workers run (Ctrl-C stops them).
server-only-needs-database = serve --only { $value } works on a database that several hosts share: set DATABASE_URL, and run evenhand migrate once
