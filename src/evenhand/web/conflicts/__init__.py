"""撞单查询: is it free, and if not, whose is it?"""
