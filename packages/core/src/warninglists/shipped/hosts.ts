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

// Neither name nor page is the provider's own: a reason to act on the full name or URL, none to doubt the report.
export const customerNames = shippedList({
  id: "customer-names",
  name: "Dynamic DNS and free hosting",
  kind: "hostname",
  effect: "note",
  means: "a name that a provider of dynamic DNS or free hosting gives to anyone; its neighbours belong to others",
  urls: "any",
  entries: `
    duckdns.org ddns.net hopto.org zapto.org sytes.net no-ip.org no-ip.biz no-ip.info noip.me myftp.biz myftp.org serveftp.com
    servebeer.com serveblog.net servegame.com servehttp.com serveminecraft.net servepics.com servequake.com redirectme.net
    bounceme.net 3utilities.com freedynamicdns.net freedynamicdns.org gotdns.ch webhop.me onthewifi.com viewdns.net
    dyndns.org dyndns.biz dyndns.info dyndns.tv dyndns-ip.com dyndns-home.com homeip.net dynu.net freeddns.org mywire.org
    ddnsfree.com ddnsgeek.com giize.com gleeze.com kozow.com loseyourip.com ooguy.com theworkpc.com casacam.net accesscam.org
    camdvr.org webredirect.org mooo.com chickenkiller.com ignorelist.com jumpingcrab.com strangled.net twilightparadox.com
    us.to crabdance.com changeip.com dns.army dns.navy v6.army v6.navy dynv6.net ydns.eu nsupdate.info spdns.de spdns.eu
    3322.org f3322.net f3322.org 8800.org 8866.org 9966.org 2288.org 7766.org eu.org
    vercel.app netlify.app pages.dev workers.dev r2.dev web.app firebaseapp.com appspot.com run.app github.io gitlab.io
    githubpreview.dev herokuapp.com onrender.com fly.dev surge.sh glitch.me replit.app replit.dev repl.co deno.dev
    azurewebsites.net azurestaticapps.net azureedge.net azurefd.net cloudapp.net cloudapp.azure.com blob.core.windows.net
    web.core.windows.net trafficmanager.net s3.amazonaws.com cloudfront.net amplifyapp.com elasticbeanstalk.com
    ondigitalocean.app digitaloceanspaces.com linodeobjects.com backblazeb2.com wasabisys.com supabase.co
    weebly.com weeblysite.com wixsite.com wixstudio.com webflow.io framer.app framer.website framer.ai carrd.co square.site
    godaddysites.com myshopify.com blogspot.com wordpress.com 000webhostapp.com webcindario.com byethost.com
    infinityfreeapp.com rf.gd my-board.org altervista.org neocities.org tilda.ws ucoz.net typedream.app teleporthq.app
    gitbook.io mystrikingly.com jimdosite.com wpengine.com pantheonsite.io cprapid.com plesk.page zya.me 42web.io
    trycloudflare.com ngrok.io ngrok-free.app ngrok.app ngrok-free.dev loca.lt serveo.net devtunnels.ms portmap.host
    portmap.io playit.gg ply.gg translate.goog ipfs.dweb.link ipfs.io cf-ipfs.com sharepoint.com
    githubusercontent.com googleusercontent.com dropboxusercontent.com cdn.discordapp.com
    sites.google.com docs.google.com drive.google.com forms.gle dropbox.com mediafire.com mega.nz telegra.ph notion.site
    pastebin.com paste.ee rentry.co anonfiles.com transfer.sh gofile.io catbox.moe
  `,
});
