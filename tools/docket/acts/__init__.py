"""What is done to a register: taken in, opened, decided, stopped; planned, shown, kept.

An act takes values and answers values; it neither asks nor prints, and knows no HTTP.
"""
