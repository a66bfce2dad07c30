"""PostgreSQL for those who have none: started, looked after and stopped with the program.

`launch` is the door. No Django here: the server, the tests and the tools all start it this way.
"""
