# 线索在哪个地区、凭什么说；地区文件哪里写错了。

region-hint-province = 省份
region-hint-city = 城市
region-hint-county = 区县
region-hint-region = 地区
region-hint-address = 地址
region-hint-postcode = 邮编
region-hint-phone = 电话
region-hint-country = 国家
region-decree-state = 国务院批准
region-decree-ministry = 民政部批准
region-decree-local = 当地调整
region-decree-company = 本公司地区文件所载

region-said = { $hint }写的是“{ $written }”，即 { $place }
region-several = { $hint }写的是“{ $written }”，可能是 { $places }
region-not-understood = { $hint }写的是“{ $written }”，看不出是哪里
region-number = 按{ $hint }（{ $prefix }）是 { $places }
region-number-elsewhere = { $hint }（{ $prefix }）属于 { $places }，与所写的 { $written } 不符；以写的为准
region-conflict = { $hint }说的是 { $places }，{ $other-hint }说的是 { $other-places }，两者矛盾，不作推断
region-by-custom = 只写简称，按习惯理解为 { $place }；同名的还有 { $places }
region-re-ranked = “{ $written }”现在是 { $place }
region-renamed = { $old }已于 { $year } 年更名（{ $decree }），现在是 { $places }
region-raised = { $old }已于 { $year } 年改设（{ $decree }），现在是 { $places }
region-merged = { $old }已于 { $year } 年并入 { $places }（{ $decree }）
region-moved = { $old }自 { $year } 年起改归 { $places }（{ $decree }）
region-split = { $old }已于 { $year } 年撤销，分属 { $places }（{ $decree }）
region-country = 国家写的是“{ $written }”（{ $country }）
region-state = 州写的是“{ $written }”
region-zip = 邮编 { $zip } 属于 { $states }

region-file-column-missing = { $file }：缺少“{ $column }”列；应有的列是 code、name、aliases、became、year
region-file-too-large = { $file }：超过 { $limit } 兆字节，不像是地区表；请只保留要增改的行
region-file-unreadable = { $file } 第 { $row } 行：读不出来；请另存为 UTF-8 的 CSV，或者由对象组成的 JSON 列表
region-row-code = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不是六位行政区划代码，例如 330110
region-row-name = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不是名称；请写区划全称，例如 余杭区
region-row-parent = { $file } 第 { $row } 行“{ $column }”：“{ $value }”所属的省不在表中；请先加上省
region-row-became = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不是现有区划的代码；多个代码请用 | 分开
region-row-year = { $file } 第 { $row } 行“{ $column }”：“{ $value }”不是年份；请写四位数字，例如 2027
region-row-repeated = { $file } 第 { $row } 行“{ $column }”：“{ $value }”在第 { $first-row } 行已经有了，请只留一行

# evenhand regions
region-none = 不知道在哪里
region-confidence-sure = 确定
region-confidence-likely = 很可能
region-confidence-ambiguous = 有多种可能
region-confidence-unknown = 无从判断
region-result = { $place }，{ $confidence }
region-result-sure = 其中确定的部分：{ $place }
region-result-candidates = 可能是：{ $places }
region-file-fine = { $file } 可以使用：新增 { $added } 个，撤销 { $ended } 个，更名 { $renamed } 个
