make-roles-done = 已完成。以下设置只显示这一次，请存到服务器读取环境变量的地方：

serve-database-came-back = 数据库意外退出，已重新启动。
serve-ended-early = { $name } 退出了（退出码 { $code }），正在重新启动。
serve-runs = Evenhand 已在 { $url } 运行（按 Ctrl-C 停止）。
serve-starting = 正在启动 Evenhand，数据位于 { $folder } …
serve-stopped = 已停止。
serve-stopping = 正在停止：先完成进行中的请求 …

server-bind-impossible = 无法在 { $value } 提供服务：{ $detail }；请用 EVENHAND_BIND 另选地址
server-bind-unreadable = EVENHAND_BIND 的值 { $value } 不是地址；请写成 127.0.0.1:8000
server-database-ended = 数据库在启动时退出了；原因见 { $log } 末尾
server-folder-closed = 数据库以用户 nobody 运行，而它进不了 { $folder }。可以改用普通用户启动 Evenhand；或用 EVENHAND_DATA 另选文件夹（如 /var/lib/evenhand）；或放开通过权限：chmod o+x { $folder }
server-folder-of-another = { $folder } 中的数据库属于另一个用户；请以该用户启动 Evenhand，或用 EVENHAND_DATA 另选文件夹
server-folder-taken = 已有 Evenhand 在使用 { $folder } 中的数据；请先停止它，或用 EVENHAND_DATA 另选文件夹
server-no-binaries = 没有安装 PostgreSQL 的程序；请运行 bin/setup，或用 DATABASE_URL 指定自己的数据库
server-no-cluster = 数据库创建失败；原因见 { $log } 末尾
server-no-nobody = PostgreSQL 不能以 root 运行，而本系统没有用户 nobody；请以普通用户启动 Evenhand
server-port-taken = { $value } 已被另一个程序占用；请停止它，或用 EVENHAND_BIND 另选端口，例如 EVENHAND_BIND=127.0.0.1:8001
server-role-is-superuser = DATABASE_URL 使用的是 PostgreSQL 超级用户 { $role }：一旦应用被攻破，数据的所有保护都会被关掉。请运行“evenhand make-roles 管理员连接地址”建立 Evenhand 需要的角色，再用它打印的设置启动
server-role-owns-tables = DATABASE_URL 使用的角色 { $role } 拥有数据表（或可以变成所有者）：一旦应用被攻破，数据的所有保护都会被关掉。请运行“evenhand make-roles 管理员连接地址”把角色分开，再用它打印的设置启动；已有数据不受影响
server-roles-impossible = 无法建立角色：{ $detail }。连接地址必须属于可以创建角色、并且拥有该数据库的账号；没有做任何改动
server-secret-file-not-one-line = { $name }_FILE 指定的 { $file } 里必须只有一行，就是这个机密
server-secret-file-unreadable = { $name }_FILE 指定的 { $file } 读不了（{ $detail }）；请改正路径，或让运行服务的用户能读
server-secret-given-twice = { $name } 和 { $name }_FILE 都设置了，请只留一个
server-setting-not-a-number = { $name } 的值 { $value } 不是大于 0 的整数
server-step-failed = 步骤“{ $step }”失败，原因见上；没有任何程序在运行
server-url-unencrypted = EVENHAND_URL 的值为 { $value }：密码会不加密地经过网络。有三种办法：在前面放一个提供 https 的代理，并写上 https 地址；或用 EVENHAND_TLS_CERT 和 EVENHAND_TLS_KEY 提供自己的证书；或只在本机使用 http，通过隧道访问（ssh -L 8000:127.0.0.1:8000 服务器）
server-url-unreadable = EVENHAND_URL 的值 { $value } 不是地址；请写成 https://leads.example.com
serve-workers-run = 后台 worker 已在运行（按 Ctrl-C 停止）。
server-only-needs-database = serve --only { $value } 需要几台机器共用的数据库：请设置 DATABASE_URL，并先运行一次 evenhand migrate
