"""Traditional characters of place names to simplified ones, for comparing names.

Only characters that occur in names of divisions and in what follows them in an address. This is no
converter of texts, and nothing shown to people passes through it.
"""

from evenhand.sheets.values.text import folded

_TRADITIONAL = (
    "亞來侖倉個們倫偉僕儀兒兗內兩冊凱別則剛劍務勝勸勻匯區叢吳呂啓啟單國圍園圖團堯場塗墊墾壇壘壩壯壺壽夢夾婁孫宮寧審寬寶將尋層"
    "岡峯島峽崍崗嵐嶗嶧嶺嶼嶽巖師幹庫廂廈廠廣廬張強彌彥後從復徵恆愛慄慶憑應懷戶揚撫敍敘於晉暉會東棗棟棲楊業極榮樂樅樓樹樺橋橫"
    "權欒欽歷歸涇涼淥淶渦渾湞湧湯準溝溫溮滄滎滿漢漣漵潁潛潤潯澗澠澤澱濟濰濱瀏瀘瀾灘灣灤為烏無煙煩燈營爐爲爾猶獅獨獲獻琿瑤瑪環"
    "瓊甌甕畢當疇疊監盤盧硯碩碭確礄礦祿禪禮稜稱積窪競節範簡紅納細紹結絳綏經綠維綿縉縣績織羅義習聖聞聯聶肅脫膠臘臥臨臺興舊荊莊"
    "華萊萬葉蒼蓋蓮蔭蕪蕭薊薌薩藍藴藺蘄蘆蘇蘊蘭蘿號衛衝衞裏裡覺觀託訥許詔誼調諸諾謀謙謝謨譙譜讓豐貝貞貢貴費賀資賈賓賚賢賽贊贛"
    "趙車軍載輝輪輿農連進遊運達遙遜遠遷遼邁邊郟郵鄆鄉鄒鄖鄧鄭鄰鄲鄴鉛銀銅鋒鋪鋼錢錦錫錯鍾鎣鎮鏡鐵鑲長門開間閔閣閩閬閻關陘陝陰"
    "陳陸陽際隨隴雙雜雞離雲電靈靜鞏韓響頂項順頗頭額類風餘館饒馬駐騰驊驛鬥鬱魚魯鮁鮮鯉鳩鳳鳴鴨鶴鷹鹹鹼鹽麗麥黃點黨齊龍"
)
_SIMPLIFIED = (
    "亚来仑仓个们伦伟仆仪儿兖内两册凯别则刚剑务胜劝匀汇区丛吴吕启启单国围园图团尧场涂垫垦坛垒坝壮壶寿梦夹娄孙宫宁审宽宝将寻层"
    "冈峰岛峡崃岗岚崂峄岭屿岳岩师干库厢厦厂广庐张强弥彦后从复征恒爱栗庆凭应怀户扬抚叙叙于晋晖会东枣栋栖杨业极荣乐枞楼树桦桥横"
    "权栾钦历归泾凉渌涞涡浑浈涌汤准沟温浉沧荥满汉涟溆颍潜润浔涧渑泽淀济潍滨浏泸澜滩湾滦为乌无烟烦灯营炉为尔犹狮独获献珲瑶玛环"
    "琼瓯瓮毕当畴叠监盘卢砚硕砀确硚矿禄禅礼棱称积洼竞节范简红纳细绍结绛绥经绿维绵缙县绩织罗义习圣闻联聂肃脱胶腊卧临台兴旧荆庄"
    "华莱万叶苍盖莲荫芜萧蓟芗萨蓝蕴蔺蕲芦苏蕴兰萝号卫冲卫里里觉观托讷许诏谊调诸诺谋谦谢谟谯谱让丰贝贞贡贵费贺资贾宾赉贤赛赞赣"
    "赵车军载辉轮舆农连进游运达遥逊远迁辽迈边郏邮郓乡邹郧邓郑邻郸邺铅银铜锋铺钢钱锦锡错钟蓥镇镜铁镶长门开间闵阁闽阆阎关陉陕阴"
    "陈陆阳际随陇双杂鸡离云电灵静巩韩响顶项顺颇头额类风余馆饶马驻腾骅驿斗郁鱼鲁鲅鲜鲤鸠凤鸣鸭鹤鹰咸碱盐丽麦黄点党齐龙"
)
_TABLE = str.maketrans(_TRADITIONAL, _SIMPLIFIED)


def plain(text: str) -> str:
    """The text as names are compared: narrow letters and digits, simplified place characters."""
    return text if text.isascii() else folded(text).translate(_TABLE)
