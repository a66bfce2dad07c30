"""Traditional characters to simplified, for comparing headings and short settled words.

Only the characters that occur there: this is no converter of texts, and nothing shown to people
passes through it.
"""

_TRADITIONAL = (
    "線戶電話號碼機聯繫絡郵業務產類別價額預單貨規備註說詳細況狀態級績權語種專長區縣鄉鎮國際點"
    "時間創開關閉結應處員組團隊職稱離負責導師請個標籤動廣訊資記錄數據編輯來歷屬於給與轉讓後從"
    "設計選項優質評對贏輸簽約訂購買報費總頻門無須義領題環節訪視錢歲齡證網頁採納當現實為術檔歸"
    "驗練織廠會議裡見識維護變養條雙檢場發顯換異傳遞達運營銷戰敗丟進溝確認談錯複測試誤棄絕還過"
    "顧問擔經課帳貸擁獲劃礎啟圍閑餘滿損贊鑑檻鏈響滯協嗎層廳歡歐漢臺灣萬億圖園樓準獎監禮簡積統"
    "縮羅習聲聽腦衛裝覽訓託許詢該調財貿賣賬贈車輛辦醫鑰鐵險隨難顏飛體齊"
)
_SIMPLIFIED = (
    "线户电话号码机联系络邮业务产类别价额预单货规备注说详细况状态级绩权语种专长区县乡镇国际点"
    "时间创开关闭结应处员组团队职称离负责导师请个标签动广讯资记录数据编辑来历属于给与转让后从"
    "设计选项优质评对赢输签约订购买报费总频门无须义领题环节访视钱岁龄证网页采纳当现实为术档归"
    "验练织厂会议里见识维护变养条双检场发显换异传递达运营销战败丢进沟确认谈错复测试误弃绝还过"
    "顾问担经课帐贷拥获划础启围闲余满损赞鉴槛链响滞协吗层厅欢欧汉台湾万亿图园楼准奖监礼简积统"
    "缩罗习声听脑卫装览训托许询该调财贸卖账赠车辆办医钥铁险随难颜飞体齐"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def simplified(text: str) -> str:
    """The text with the traditional characters of headings and settled words made simplified."""
    return text if text.isascii() else text.translate(_TABLE)
