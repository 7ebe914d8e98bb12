def f(x):
    return x**2

def slope(x):
    return 2*x

x = 4
rate = 0.1

for n in range(1, 11):
    x = x - rate * slope(x)
    print(f"{x:.4} {f(x):.4}")
