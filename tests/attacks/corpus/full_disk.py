"""Fill the folder it may write to."""
# expect: accepted
# then: honest
# levels: strict, basic

total = 0
try:
    for number in range(100):
        with open(f"file{number}", "wb") as file:
            total += file.write(bytes(1 << 20))
except OSError as error:
    print("refused:", error)
print(total)
if total > 20 << 20:
    print("GOT", total)
