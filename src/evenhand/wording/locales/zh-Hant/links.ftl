link-nobody = 沒有這個人，或已停用
link-not-a-demo = 登入連結只用於示範公司；請改用 evenhand reset-link
link-set-up-already = 公司已經設定好了；請登入
link-unusable = 這個連結已經用過或已過期；請向系統管理員要一個新的
