unassigned-escalated = 已呈報給 { $rep }，等他決定
unassigned-handed-back = 剛被退回，還沒有重新分配
unassigned-no-rule = 沒有規則管到它；請在分配規則裡加一條後備的規則
unassigned-waiting = 依規則「{ $rule }」等到有人能接
unassigned-left-aside = 隨檔案匯入，先放著；放出來才會分配
unassigned-released = 剛放出來，馬上分配
