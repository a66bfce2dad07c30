# 上传的文件经杀毒程序检查的结果
upload-infected = 杀毒程序在 { $file } 里查出 { $found }，文件没有保存；请检查文件来自的设备
upload-not-scanned = 杀毒程序没能检查 { $file }（{ $detail }），所以没有收下；请再试一次，或换小一些的文件
upload-scanner-away = 杀毒程序没有应答，所以没有收下 { $file }；请过几分钟再试
