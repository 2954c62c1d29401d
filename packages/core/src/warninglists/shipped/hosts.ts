import { shippedList } from "./shipped-list";

export const updateHosts = shippedList({
  id: "update-hosts",
  name: "Update and certificate hosts",
  kind: "hostname",
  means: "a host from which systems get their updates or check certificates",
  urls: "any",
  entries: `
    windowsupdate.com windowsupdate.microsoft.com update.microsoft.com download.windowsupdate.com delivery.mp.microsoft.com
    dl.delivery.mp.microsoft.com do.dsp.mp.microsoft.com download.microsoft.com officecdn.microsoft.com ctldl.windowsupdate.com
    msftconnecttest.com msftncsi.com crl.microsoft.com mscrl.microsoft.com oneocsp.microsoft.com settings-win.data.microsoft.com
    vortex.data.microsoft.com watson.telemetry.microsoft.com definitionupdates.microsoft.com wdcp.microsoft.com
    swcdn.apple.com swdist.apple.com swdownload.apple.com swscan.apple.com updates.cdn-apple.com updates-http.cdn-apple.com
    mesu.apple.com gdmf.apple.com ocsp.apple.com ocsp2.apple.com crl.apple.com captive.apple.com push.apple.com gs.apple.com
    update.googleapis.com dl.google.com redirector.gvt1.com connectivitycheck.gstatic.com connectivitycheck.android.com
    clients1.google.com clients2.google.com clients3.google.com clients4.google.com ocsp.pki.goog crl.pki.goog c.pki.goog
    safebrowsing.googleapis.com aus5.mozilla.org detectportal.firefox.com archive.ubuntu.com security.ubuntu.com
    deb.debian.org security.debian.org mirrorlist.centos.org dl.fedoraproject.org cdn.redhat.com download.opensuse.org
    ocsp.digicert.com crl3.digicert.com crl4.digicert.com cacerts.digicert.com ocsp.sectigo.com crl.sectigo.com
    ocsp.usertrust.com crl.usertrust.com ocsp.comodoca.com crl.comodoca.com ocsp.globalsign.com crl.globalsign.com
    ocsp2.globalsign.com ocsp.entrust.net crl.entrust.net ocsp.godaddy.com crl.godaddy.com ocsp.starfieldtech.com
    ocsp.rootca1.amazontrust.com ocsp.rootg2.amazontrust.com crl.rootca1.amazontrust.com ocsp.verisign.com crl.verisign.com
    ocsp.thawte.com crl.thawte.com ocsp.geotrust.com ocsp.quovadisglobal.com r3.o.lencr.org r10.o.lencr.org r11.o.lencr.org
    x1.c.lencr.org r3.i.lencr.org
  `,
});

export const shorteners = shippedList({
  id: "url-shorteners",
  name: "URL shorteners",
  kind: "string",
  means: "a link shortener as a whole; single links of it can be as bad as any",
  entries: `
    bit.ly tinyurl.com t.co goo.gl ow.ly is.gd v.gd buff.ly rebrand.ly cutt.ly shorturl.at t.ly rb.gy tiny.cc bl.ink lnkd.in
    s.id soo.gd bit.do adf.ly shorte.st ouo.io clck.ru u.to qr.ae po.st dlvr.it j.mp youtu.be wp.me fb.me amzn.to ift.tt
    trib.al spr.ly snip.ly short.io tr.im x.co yourls.org urlz.fr urlr.me surl.li kutt.it 2no.co grabify.link iplogger.org
    iplogger.com vk.cc l.ead.me linktr.ee qrco.de me-qr.com t2m.io han.gl abre.ai encurtador.com.br acortar.link
  `,
});

// An address that defenders hold: whoever is blocked there is already caught, and the domain's owner is not its owner.
export const sinkholes = shippedList({
  id: "sinkholes",
  name: "Sinkholes and parking",
  kind: "cidr",
  means: "a sinkhole or a parking page: what led there is caught or gone, and the address itself does no harm",
  entries: `
    199.59.243.200 199.59.243.220 199.59.243.222 199.59.243.223 199.59.243.224 199.59.243.225
    199.59.243.226 199.59.243.227 199.59.243.228 199.59.242.153 185.53.177.0/24 185.53.178.0/24 185.53.179.0/24
    146.112.61.104/29 3.33.130.190 15.197.148.33 3.33.152.147 15.197.142.173
    50.63.202.0/24 184.168.131.241 184.168.221.0/24 34.102.136.180 198.54.117.197 198.54.117.198 198.54.117.199
    198.54.117.200 198.54.117.210 198.54.117.211 198.54.117.212 198.54.117.215 198.54.117.216 198.54.117.217
    198.54.117.218 91.195.240.0/24 64.190.62.0/23 64.70.19.203 192.42.116.41 192.42.119.41 143.215.130.33 148.81.111.111
    23.253.126.58 104.239.157.210 104.244.14.252 178.162.203.202 178.162.203.211 178.162.203.226 178.162.217.107 5.79.71.205
    5.79.71.225 85.17.31.82 85.17.31.122 87.106.18.125 87.106.190.153 87.106.24.200 87.106.26.9 131.253.18.11 131.253.18.12
    199.2.137.20 199.2.137.29 199.2.137.140 199.2.137.141 204.95.99.59 207.46.90.178 208.100.26.234 208.100.26.245
    208.100.26.251 198.98.120.157 195.22.26.192/26 195.22.28.192/27 216.218.135.114 216.218.185.162 216.218.208.114
    184.105.192.2 35.205.61.67 34.41.229.245 162.255.119.0/24 38.229.70.125 38.102.150.27 38.102.150.29
  `,
});

export const publicSuffixes = shippedList({
  id: "public-suffixes",
  name: "Public suffixes",
  kind: "public-suffix",
  means: "a suffix under which everybody can have names: whoever blocks it blocks them all",
  entries: "",
});

export const customerNames = shippedList({
  id: "customer-names",
  name: "Names below private suffixes",
  kind: "public-suffix",
  effect: "note",
  means: "a name or page of one customer, below a suffix where anyone can have names; its neighbours belong to others",
  urls: "any",
  entries: "",
});

// Those that the Public Suffix List lacks. Neither name nor page is the provider's own: a reason to act on the full name or URL, none to doubt the report.
export const freeHosting = shippedList({
  id: "free-hosting",
  name: "Dynamic DNS and free hosting",
  kind: "hostname",
  effect: "note",
  means:
    "a name or page that a provider of dynamic DNS or free hosting gives to anyone; its neighbours belong to others",
  urls: "any",
  entries: `
    freedynamicdns.net freedynamicdns.org viewdns.net mooo.com chickenkiller.com ignorelist.com jumpingcrab.com strangled.net
    twilightparadox.com us.to crabdance.com changeip.com ydns.eu 3322.org f3322.net f3322.org 8800.org 8866.org 9966.org
    2288.org 7766.org run.app glitch.me replit.dev cloudapp.azure.com digitaloceanspaces.com linodeobjects.com
    backblazeb2.com wasabisys.com weebly.com weeblysite.com godaddysites.com wordpress.com 000webhostapp.com webcindario.com
    byethost.com infinityfreeapp.com rf.gd my-board.org neocities.org tilda.ws ucoz.net teleporthq.app mystrikingly.com
    jimdosite.com wpengine.com zya.me 42web.io loca.lt serveo.net devtunnels.ms portmap.host portmap.io playit.gg ply.gg
    ipfs.io sharepoint.com googleusercontent.com dropboxusercontent.com cdn.discordapp.com sites.google.com docs.google.com
    drive.google.com forms.gle dropbox.com mediafire.com mega.nz telegra.ph pastebin.com paste.ee rentry.co anonfiles.com
    transfer.sh gofile.io catbox.moe
  `,
});
