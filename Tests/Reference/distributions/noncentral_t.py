# SPDX-License-Identifier: GPL-3.0-or-later
"""Series in t = 1/nu of what the noncentral t distribution's moments have in common
(Sources/Distributions/Continuous/NoncentralT+Moments.swift), in exact fractions; mpmath
gives Bernoulli's numbers.  python3 noncentral_t.py"""
from fractions import Fraction as Rational
from math import comb as binomial

from mpmath import bernfrac


def bernoulli(n):
    p, q = bernfrac(n)
    return Rational(int(p), int(q))


N=32
def mul(a,b):
    r=[Rational(0)]*(N+1)
    for i,x in enumerate(a):
        if x==0: continue
        for j,y in enumerate(b):
            if i+j>N: break
            r[i+j]+=x*y
    return r
def add(*xs): return [sum(v) for v in zip(*xs)]
def scale(a,k): return [k*x for x in a]
def shift(a,k): return ([Rational(0)]*k+a)[:N+1] if k>=0 else a[-k:]+[Rational(0)]*(-k)
def geo(k): return [Rational(k)**i for i in range(N+1)]   # 1/(1-k t)
def expser(a): # a[0]=0
    r=[Rational(0)]*(N+1); r[0]=Rational(1)
    for n in range(1,N+1):
        r[n]=sum(Rational(k)*a[k]*r[n-k] for k in range(1,n+1))/n
    return r
# L with z=nu/2, 1/z=2t, h=1/(2z)=t ; L = h + (z-1) log1pmx(-h) + S(z-1/2)-S(z)
M=N+2
l=[Rational(0)]*(M+1)
for k in range(2,M+1): l[k]=-Rational(1,k)   # log(1-t)+t = -sum t^k/k
L=[Rational(0)]*(N+1)
L[1]+=1
for k in range(N+1):
    L[k]+= (l[k+1]/2 if k+1<=M else 0) - l[k]   # z = 1/(2t)
# S(z)=sum B2k/(2k(2k-1)) z^(1-2k); 1/z=2t ; 1/(z-1/2)=2t/(1-t)
for k in range(1,N//2+2):
    c=bernoulli(2*k)/(2*k*(2*k-1)); p=2*k-1
    if p<=N:
        L[p]-=c*2**p
        # (2t)^p (1-t)^-p
        for j in range(N-p+1):
            L[p+j]+=c*2**p*binomial(p+j-1,j)
c2=expser(scale(L,2))
a=geo(2)
D=add(a,scale(c2,-1))
G=add(shift(mul(geo(2),geo(3)),1),scale(D,-2))
e2=add(scale(mul(geo(2),geo(4)),6),scale(mul(c2,geo(3)),-12),scale(mul(c2,a),6),scale(mul(a,D),-6))
e4=add(mul(geo(2),geo(4)),scale(mul(c2,geo(3)),-4),scale(mul(c2,a),6),scale(mul(c2,c2),-3),scale(mul(D,D),-3))
for n,s in (('D',D),('G',G),('e2',e2),('e4',e4)):
    print(n,[repr(float(x)) for x in s])
