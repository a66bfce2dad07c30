# 导入被拒绝的原因。
import-has-started = 这次导入已经开始，不能再改
import-file-gone = 文件已经删除（超过保留期，或其中有人要求删除个人信息），请重新上传
import-name-missing = 请填写名称
import-platform-doubts = 平台自己标为可疑
import-test-row = 平台的测试或预览数据，不是客户
import-no-file = 请选择文件
import-too-many-rows = 行数太多，一次最多 { $limit } 行，请拆成几个文件
import-not-to-undo = 只有已完成或已停止的导入才能撤销
import-worked-on = 已经有人跟进，保留
import-has-what-hangs-on-it = 已经有别的内容挂在它下面，保留
import-no-item = 找不到它属于哪条线索、哪个客户或商机
import-no-such-pool = 业务线的规则里没有公海“{ $value }”，请重新选择
import-was-there = 导入之前就有，保留
import-nobody-to-give-to = 请选择归谁；那个人要在职
import-not-done = 还没有完成，只导入已经发生的跟进
