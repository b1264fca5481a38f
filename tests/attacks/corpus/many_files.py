"""Make empty files without end."""
# expect: accepted
# then: honest
# levels: strict, basic

number = 0
try:
    for number in range(50_000):
        open(f"file{number}", "wb").close()
except OSError as error:
    print("refused:", error)
if number > 5_000:
    print("GOT", number)
