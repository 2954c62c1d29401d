import { shippedList } from "./shipped-list";

/** Published by their operators for everybody's use. */
export const publicResolvers = shippedList({
  id: "public-resolvers",
  name: "Public DNS resolvers",
  kind: "cidr",
  means: "a public DNS resolver, which malware and everybody else use",
  urls: "any",
  around: true,
  entries: `
    1.1.1.1 1.0.0.1 1.1.1.2 1.0.0.2 1.1.1.3 1.0.0.3 8.8.8.8 8.8.4.4
    9.9.9.9 9.9.9.10 9.9.9.11 9.9.9.12 149.112.112.112 149.112.112.9 149.112.112.10 149.112.112.11 149.112.112.12
    208.67.222.222 208.67.220.220 208.67.222.220 208.67.220.222 208.67.222.123 208.67.220.123
    4.2.2.1 4.2.2.2 4.2.2.3 4.2.2.4 4.2.2.5 4.2.2.6 209.244.0.3 209.244.0.4
    64.6.64.6 64.6.65.6 156.154.70.1 156.154.71.1 156.154.70.5 156.154.71.5 156.154.70.22 156.154.71.22
    8.26.56.26 8.20.247.20 84.200.69.80 84.200.70.40 195.46.39.39 195.46.39.40 77.88.8.8 77.88.8.1 77.88.8.88 77.88.8.2
    94.140.14.14 94.140.15.15 94.140.14.15 94.140.15.16 94.140.14.140 94.140.14.141 76.76.2.0 76.76.10.0 76.76.19.19 76.223.122.150
    185.228.168.9 185.228.169.9 185.228.168.10 185.228.169.11 185.228.168.168 185.228.169.168
    114.114.114.114 114.114.115.115 223.5.5.5 223.6.6.6 119.29.29.29 119.28.28.28 180.76.76.76 1.2.4.8 210.2.4.8 101.226.4.6
    80.80.80.80 80.80.81.81 74.82.42.42 91.239.100.100 89.233.43.71 193.110.81.0 185.253.5.0 194.242.2.2 194.242.2.3
    45.90.28.0 45.90.30.0 101.101.101.101 101.102.103.104 168.95.1.1 168.95.192.1 168.126.63.1 168.126.63.2 164.124.101.2
    216.146.35.35 216.146.36.36 37.235.1.174 37.235.1.177 5.2.75.75 88.198.92.222 86.54.11.100 86.54.11.200
    2606:4700:4700::1111 2606:4700:4700::1001 2606:4700:4700::1112 2606:4700:4700::1002 2606:4700:4700::1113 2606:4700:4700::1003
    2001:4860:4860::8888 2001:4860:4860::8844 2001:4860:4860::64 2001:4860:4860::6464
    2620:fe::fe 2620:fe::9 2620:fe::10 2620:fe::11 2620:fe::fe:10 2620:fe::fe:11 2620:119:35::35 2620:119:53::53
    2a10:50c0::ad1:ff 2a10:50c0::ad2:ff 2a10:50c0::bad1:ff 2a10:50c0::bad2:ff 2a0d:2a00:1:: 2a0d:2a00:2::
    2a02:6b8::feed:ff 2a02:6b8:0:1::feed:ff 2400:3200::1 2400:3200:baba::1 2402:4e00:: 2400:da00::6666
    2620:74:1b::1:1 2620:74:1c::2:2 2001:470:20::2 2001:1608:10:25::1c04:b12f 2001:1608:10:25::9249:d69b
    2001:67c:28a4:: 2a01:3a0:53:53:: 2a0f:fc80:: 2a0f:fc81:: 2606:1a40:: 2606:1a40:1::
  `,
});

export const rootServers = shippedList({
  id: "root-servers",
  name: "DNS root servers",
  kind: "cidr",
  means: "a root server of the DNS, which every resolver asks",
  urls: "any",
  around: true,
  entries: `
    198.41.0.4 170.247.170.2 192.33.4.12 199.7.91.13 192.203.230.10 192.5.5.241 192.112.36.4 198.97.190.53 192.36.148.17
    192.58.128.30 193.0.14.129 199.7.83.42 202.12.27.33 199.9.14.201
    2001:503:ba3e::2:30 2801:1b8:10::b 2001:500:2::c 2001:500:2d::d 2001:500:a8::e 2001:500:2f::f 2001:500:12::d0d
    2001:500:1::53 2001:7fe::53 2001:503:c27::2:30 2001:7fd::1 2001:500:9f::42 2001:dc3::35
  `,
});

export const timeServers = shippedList({
  id: "time-servers",
  name: "Public time servers",
  kind: "string",
  types: ["ipv4", "domain"],
  means: "a public time server, which most devices ask",
  entries: `
    pool.ntp.org 0.pool.ntp.org 1.pool.ntp.org 2.pool.ntp.org 3.pool.ntp.org time.google.com time1.google.com time2.google.com
    time3.google.com time4.google.com time.android.com time.windows.com time.apple.com time.asia.apple.com time.euro.apple.com
    time.cloudflare.com time.facebook.com time.nist.gov time-a.nist.gov time-b.nist.gov ntp.ubuntu.com ntp1.aliyun.com
    ntp.aliyun.com 0.debian.pool.ntp.org 1.debian.pool.ntp.org 2.debian.pool.ntp.org 3.debian.pool.ntp.org
    0.ubuntu.pool.ntp.org 1.ubuntu.pool.ntp.org 2.ubuntu.pool.ntp.org 0.centos.pool.ntp.org 1.centos.pool.ntp.org
    0.android.pool.ntp.org 1.android.pool.ntp.org 2.android.pool.ntp.org 3.android.pool.ntp.org 0.openwrt.pool.ntp.org
    216.239.35.0 216.239.35.4 216.239.35.8 216.239.35.12 162.159.200.1 162.159.200.123 132.163.96.1 132.163.97.1
  `,
});
